import { expect, it } from "vitest";
import type { ReadPath } from "./find-paths.ts";
import { parseTemplate } from "./parse-template.ts";

const cases: [string, string[]][] = [
  ["text", []],
  ["{{.b}} {{.a.x}} {{.b}}", ["b", "a"]],
  ["{{if .a}}{{.b}}{{else if .c}}{{.d}}{{else}}{{.e}}{{end}}", ["a", "b", "c", "d", "e"]],
  ["{{if and (eq .a 1) (not .b)}}{{end}}", ["a", "b"]],
  ['{{printf "%s %s" .a (index .b .c) | upper}}', ["a", "b", "c"]],
  ["{{range .list}}{{.inner}}{{$.outer}}{{else}}{{.none}}{{end}}", ["list", "outer", "none"]],
  ["{{with .a}}{{.inner}}{{else}}{{.b}}{{end}}", ["a", "b"]],
  ["{{with .}}{{.a}}{{end}}{{with $}}{{.b}}{{end}}", ["a", "b"]],
  ["{{range $i, $e := .list}}{{$e.x}}{{$i.y}}{{end}}", ["list"]],
  ["{{$x := .a}}{{$x.inner}}", ["a"]],
  ["{{$all := .}}{{$all.a}}{{range .b}}{{$all.c}}{{end}}", ["a", "b", "c"]],
  ["{{$y := $}}{{$y.a}}", ["a"]],
  ['{{index . "my-task"}}{{index $ "other"}}', ["my-task", "other"]],
  ['{{(index . "a").x}} {{(.).b}} {{($).c}}', ["a", "b", "c"]],
  ['{{define "t"}}{{.a}}{{$.b}}{{end}}{{template "t" .}}', ["a", "b"]],
  ['{{define "t"}}{{.inner}}{{$.inner}}{{end}}{{template "t" .a}}', ["a"]],
  ['{{define "t"}}{{.unused}}{{end}}', []],
  ['{{define "t"}}{{.a}}{{template "t" .}}{{end}}{{template "t" $}}', ["a"]],
  ['{{block "t" .}}{{.a}}{{end}}', ["a"]],
  ["{{.}}{{toJson .}}", []],
  ["{{.1}}{{$.2}}", ["2"]],
];

it.each(cases)("%s reads %j", (source, reads) => {
  expect(parseTemplate(source).reads).toEqual(reads);
});

const ways: [string, string[]][] = [
  ["{{.a.b.c}} {{.a.b.c}} {{.a}}", ["a.b.c", "a"]],
  ['{{index .a "b" 0}} {{index . "a" "c"}}', ["a", "a.b", "a.b[0]", "a", "a.c"]],
  ["{{index .a .b}} {{(index .a .b).c}}", ["a", "b"]],
  ['{{(index .a "b").c}}', ["a", "a.b", "a.b.c"]],
  ["{{with .a}}{{.b}}{{$.c}}{{end}}", ["a", "a.b", "c"]],
  ["{{with .a}}{{else}}{{.b}}{{end}}", ["a", "b"]],
  ["{{with $x := .a.b}}{{$x.c}}{{.d}}{{end}}", ["a.b", "a.b.c", "a.b.d"]],
  ["{{range .a.list}}{{.b}}{{end}}", ["a.list", "a.list[0].b"]],
  ["{{range $i, $e := .a}}{{$e.b}}{{$i.c}}{{end}}", ["a", "a[0].b"]],
  ["{{range .}}{{.b}}{{end}}", []],
  ["{{$x := .a}}{{$x.b}}{{$x = .c}}{{$x.d}}", ["a", "a.b", "c"]],
  ["{{$x := .a}}{{$x = .a}}{{$x.d}}", ["a", "a.d"]],
  ["{{if .a.b}}{{.a.b.c}}{{end}}", ["a.b", "a.b.c"]],
  ["{{upper .a.b | printf .c.d}}", ["a.b", "c.d"]],
  ["{{(upper .a).b}} {{(.a | upper).b}}", ["a"]],
  ["{{.a.5}}", ["a.5"]],
];

const written = (path: ReadPath) =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);

it.each(ways)("%s goes to %j", (source, paths) => {
  expect(parseTemplate(source).paths.map(written)).toEqual([...new Set(paths)]);
});
