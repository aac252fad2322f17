package main

import (
	"errors"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type dockerfileCase struct {
	Name     string          `json:"name"`
	Text     string          `json:"text"`
	BuildKit dockerfileFacts `json:"buildkit"`
}

// dockerfileFacts is what BuildKit makes of a Dockerfile. Lines count from 1.
type dockerfileFacts struct {
	Escape string `json:"escape"`
	// FailedAt is the line at which the parser gave up; Instructions are then those above it.
	FailedAt     int               `json:"failedAt,omitempty"`
	Failure      string            `json:"failure,omitempty"`
	Instructions []instructionFact `json:"instructions"`
	// Order is the line of the first instruction that may not stand where it does.
	Order int `json:"order,omitempty"`
}

type instructionFact struct {
	Name     string        `json:"name"`
	Line     int           `json:"line"`
	EndLine  int           `json:"endLine"`
	Flags    []string      `json:"flags,omitempty"`
	Args     []string      `json:"args,omitempty"`
	JSON     bool          `json:"json,omitempty"`
	Heredocs []heredocFact `json:"heredocs,omitempty"`
	// Fault is why the instruction is refused.
	Fault string `json:"fault,omitempty"`
}

type heredocFact struct {
	Name    string `json:"name"`
	Expand  bool   `json:"expand,omitempty"`
	Chomp   bool   `json:"chomp,omitempty"`
	Content string `json:"content,omitempty"`
}

func readDockerfile(text string) dockerfileFacts {
	facts := dockerfileFacts{Instructions: []instructionFact{}}
	result, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		facts.Failure = err.Error()
		facts.FailedAt = max(1, lineOf(err))
		above := strings.Join(strings.SplitAfter(text, "\n")[:facts.FailedAt-1], "")
		if result, err = parser.Parse(strings.NewReader(above)); err != nil {
			return facts
		}
	}
	facts.Escape = string(result.EscapeToken)
	ordered := false
	for _, node := range result.AST.Children {
		facts.Instructions = append(facts.Instructions, factsOf(node, result.EscapeToken))
		name := strings.ToLower(node.Value)
		if name == "from" {
			ordered = true
		} else if name != "arg" && !ordered && facts.Order == 0 {
			facts.Order = node.StartLine
		}
	}
	return facts
}

func lineOf(err error) int {
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 && len(located.Locations[0]) > 0 {
		return located.Locations[0][0].Start.Line
	}
	return 0
}

func factsOf(node *parser.Node, escape rune) instructionFact {
	fact := instructionFact{
		Name:    strings.ToUpper(node.Value),
		Line:    node.StartLine,
		EndLine: node.EndLine,
		Flags:   node.Flags,
		Args:    args(node),
		JSON:    node.Attributes["json"],
	}
	for _, doc := range node.Heredocs {
		content := doc.Content
		if doc.Chomp {
			content = parser.ChompHeredocContent(content)
		}
		fact.Heredocs = append(fact.Heredocs, heredocFact{doc.Name, doc.Expand, doc.Chomp, content})
	}
	if err := judge(node, escape); err != nil {
		fact.Fault = err.Error()
	}
	return fact
}

func args(node *parser.Node) []string {
	var found []string
	for next := node.Next; next != nil; next = next.Next {
		if len(next.Children) == 0 {
			found = append(found, next.Value)
			continue
		}
		for _, child := range next.Children {
			found = append(found, child.Value)
			found = append(found, child.Flags...)
			found = append(found, args(child)...)
		}
	}
	return found
}

// judge gives the first reason for which BuildKit refuses an instruction, as far as that shows without its surroundings.
func judge(node *parser.Node, escape rune) error {
	parsed, err := instructions.ParseInstruction(node)
	if err != nil {
		return err
	}
	lex := shell.NewLex(escape)
	switch c := parsed.(type) {
	case *instructions.RunCommand:
		if strings.Contains(strings.Join(node.Flags, " "), "$") {
			return nil
		}
		return c.Expand(func(word string) (string, error) { return word, nil })
	case *instructions.CopyCommand:
		result, err := lex.ProcessWordWithMatches(c.From, shell.EnvsFromSlice(nil))
		if err == nil && result.Result != c.From {
			err = errors.New("--from holds a variable")
		}
		return err
	case *instructions.OnbuildCommand:
		return judge(node.Next.Children[0], escape)
	}
	return nil
}
