// Under Node; package.json says where. Elsewhere default-fetch.ts stands in its place.
export { defaultFetch } from "@catenary/node";
