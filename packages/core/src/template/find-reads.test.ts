import { expect, it } from "vitest";
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
