// A long chain with every form of transition. It is checked by the type checker and never run.
import { type Chain, type ChainNeeds, defineChain } from "@catenary/core";
import { same } from "./equal.ts";

const chain = defineChain({
  id: "thirty",
  tasks: {
    step_1: {
      handler: "raw_string",
      promptTemplate: "{{.input}} {{.input}} {{.previous_output.name}} {{.step_30}}",
      next: "step_2",
      onFailure: "step_30",
    },
    step_2: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "step_3", default: "step_1" },
    },
    step_3: {
      handler: "parse_score",
      inputVar: "step_2",
      transition: {
        branches: [
          { operator: ">", when: 3, goto: "step_4" },
          { operator: "default", goto: "step_30" },
        ],
      },
    },
    step_4: {
      handler: "hook",
      hook: { name: "look_up", args: { text: "{{.input}} {{.step_3}} {{.previous_output.name}} {{.step_30}}" } },
      next: "step_5",
    },
    step_5: { handler: "noop", compose: { withVar: "step_4" }, print: "{{.step_5_composed}}", next: "step_6" },
    step_6: {
      handler: "raw_string",
      promptTemplate: "{{.input}} {{.step_5}} {{.previous_output.name}} {{.step_30}}",
      next: "step_7",
      onFailure: "step_30",
    },
    step_7: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "step_8", default: "step_1" },
    },
    step_8: {
      handler: "parse_score",
      inputVar: "step_7",
      transition: {
        branches: [
          { operator: ">", when: 8, goto: "step_9" },
          { operator: "default", goto: "step_30" },
        ],
      },
    },
    step_9: {
      handler: "hook",
      hook: { name: "look_up", args: { text: "{{.input}} {{.step_8}} {{.previous_output.name}} {{.step_30}}" } },
      next: "step_10",
    },
    step_10: { handler: "noop", compose: { withVar: "step_9" }, print: "{{.step_10_composed}}", next: "step_11" },
    step_11: {
      handler: "raw_string",
      promptTemplate: "{{.input}} {{.step_10}} {{.previous_output.name}} {{.step_30}}",
      next: "step_12",
      onFailure: "step_30",
    },
    step_12: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "step_13", default: "step_1" },
    },
    step_13: {
      handler: "parse_score",
      inputVar: "step_12",
      transition: {
        branches: [
          { operator: ">", when: 13, goto: "step_14" },
          { operator: "default", goto: "step_30" },
        ],
      },
    },
    step_14: {
      handler: "hook",
      hook: { name: "look_up", args: { text: "{{.input}} {{.step_13}} {{.previous_output.name}} {{.step_30}}" } },
      next: "step_15",
    },
    step_15: { handler: "noop", compose: { withVar: "step_14" }, print: "{{.step_15_composed}}", next: "step_16" },
    step_16: {
      handler: "raw_string",
      promptTemplate: "{{.input}} {{.step_15}} {{.previous_output.name}} {{.step_30}}",
      next: "step_17",
      onFailure: "step_30",
    },
    step_17: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "step_18", default: "step_1" },
    },
    step_18: {
      handler: "parse_score",
      inputVar: "step_17",
      transition: {
        branches: [
          { operator: ">", when: 18, goto: "step_19" },
          { operator: "default", goto: "step_30" },
        ],
      },
    },
    step_19: {
      handler: "hook",
      hook: { name: "look_up", args: { text: "{{.input}} {{.step_18}} {{.previous_output.name}} {{.step_30}}" } },
      next: "step_20",
    },
    step_20: { handler: "noop", compose: { withVar: "step_19" }, print: "{{.step_20_composed}}", next: "step_21" },
    step_21: {
      handler: "raw_string",
      promptTemplate: "{{.input}} {{.step_20}} {{.previous_output.name}} {{.step_30}}",
      next: "step_22",
      onFailure: "step_30",
    },
    step_22: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "step_23", default: "step_1" },
    },
    step_23: {
      handler: "parse_score",
      inputVar: "step_22",
      transition: {
        branches: [
          { operator: ">", when: 23, goto: "step_24" },
          { operator: "default", goto: "step_30" },
        ],
      },
    },
    step_24: {
      handler: "hook",
      hook: { name: "look_up", args: { text: "{{.input}} {{.step_23}} {{.previous_output.name}} {{.step_30}}" } },
      next: "step_25",
    },
    step_25: { handler: "noop", compose: { withVar: "step_24" }, print: "{{.step_25_composed}}", next: "step_26" },
    step_26: {
      handler: "raw_string",
      promptTemplate: "{{.input}} {{.step_25}} {{.previous_output.name}} {{.step_30}}",
      next: "step_27",
      onFailure: "step_30",
    },
    step_27: {
      handler: "condition_key",
      validConditions: { yes: true, no: false },
      next: { yes: "step_28", default: "step_1" },
    },
    step_28: {
      handler: "parse_score",
      inputVar: "step_27",
      transition: {
        branches: [
          { operator: ">", when: 28, goto: "step_29" },
          { operator: "default", goto: "step_30" },
        ],
      },
    },
    step_29: {
      handler: "hook",
      hook: { name: "look_up", args: { text: "{{.input}} {{.step_28}} {{.previous_output.name}} {{.step_30}}" } },
      next: "step_30",
    },
    step_30: {
      handler: "parse_number",
      promptTemplate: "{{.input}} {{.step_29}} {{.previous_output.name}} {{.step_30}}",
      next: { "0": "step_1", default: "end" },
    },
  },
});
same<typeof chain, Chain<string, number, ChainNeeds<"look_up">>>();
