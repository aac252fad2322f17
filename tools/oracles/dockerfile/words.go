package main

import (
	"context"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type expansionCase struct {
	Word     string            `json:"word"`
	Env      map[string]string `json:"env,omitempty"`
	Escape   string            `json:"escape,omitempty"`
	Body     bool              `json:"body,omitempty"`
	BuildKit expansionFacts    `json:"buildkit"`
}

type expansionFacts struct {
	Value *string `json:"value,omitempty"`
	Fault string  `json:"fault,omitempty"`
}

func expand(c expansionCase) expansionFacts {
	escape := '\\'
	if c.Escape != "" {
		escape = rune(c.Escape[0])
	}
	lex := shell.NewLex(escape)
	lex.SkipProcessQuotes = c.Body
	var env []string
	for name, value := range c.Env {
		env = append(env, name+"="+value)
	}
	value, _, err := lex.ProcessWord(c.Word, shell.EnvsFromSlice(env))
	if err != nil {
		return expansionFacts{Fault: err.Error()}
	}
	return expansionFacts{Value: &value}
}

type scopeCase struct {
	Name      string            `json:"name"`
	Text      string            `json:"text"`
	BuildArgs map[string]string `json:"buildArgs,omitempty"`
	BuildKit  scopeFacts        `json:"buildkit"`
}

// scopeFacts are the labels and the environment of the image that a Dockerfile makes.
type scopeFacts struct {
	Labels map[string]string `json:"labels,omitempty"`
	Env    []string          `json:"env,omitempty"`
	Fault  string            `json:"fault,omitempty"`
}

func labels(c scopeCase) scopeFacts {
	options := dockerfile2llb.ConvertOpt{Config: dockerui.Config{BuildArgs: c.BuildArgs}}
	result, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(c.Text), options)
	if err != nil {
		return scopeFacts{Fault: err.Error()}
	}
	return scopeFacts{Labels: result.Image.Config.Labels, Env: result.Image.Config.Env}
}

type ignoreCase struct {
	Text     string      `json:"text"`
	BuildKit ignoreFacts `json:"buildkit"`
}

type ignoreFacts struct {
	Patterns []string `json:"patterns"`
	Fault    string   `json:"fault,omitempty"`
}

// readIgnore reads an ignore file and tries each pattern on one path, since some are found malformed only then.
func readIgnore(text string) ignoreFacts {
	facts := ignoreFacts{Patterns: []string{}}
	patterns, err := ignorefile.ReadAll(strings.NewReader(text))
	if err != nil {
		facts.Fault = err.Error()
		return facts
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		facts.Fault = err.Error()
		return facts
	}
	for _, pattern := range matcher.Patterns() {
		alone := []string{pattern.String()}
		if pattern.Exclusion() {
			// It is tried only where something before it matched.
			alone = []string{"*", "!" + pattern.String()}
		}
		facts.Patterns = append(facts.Patterns, alone[len(alone)-1])
		single, err := patternmatcher.New(alone)
		if err == nil {
			_, err = single.MatchesOrParentMatches("some/path")
		}
		if err != nil {
			facts.Fault = err.Error()
		}
	}
	return facts
}
