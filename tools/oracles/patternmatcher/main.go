// Answers which paths moby/patternmatcher leaves out. It reads one JSON question a line from standard input, and writes
// it again with one character for each path: 1 left out, 0 let in, e refused.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type question struct {
	Ignore  string   `json:"ignore"`
	Paths   []string `json:"paths"`
	Answers string   `json:"answers"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			log.Fatal(err)
		}
		for _, path := range q.Paths {
			q.Answers += answer(q.Ignore, path)
		}
		if err := encoder.Encode(q); err != nil {
			log.Fatal(err)
		}
	}
}

// answer matches a path as the walk of a build context does: folder by folder from the root, each with what its parent
// matched.
func answer(ignore, path string) string {
	patterns, err := ignorefile.ReadAll(strings.NewReader(ignore))
	if err != nil {
		return "e"
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		return "e"
	}
	var info patternmatcher.MatchInfo
	var matched bool
	names := strings.Split(path, "/")
	for i := range names {
		matched, info, err = matcher.MatchesUsingParentResults(strings.Join(names[:i+1], "/"), info)
		if err != nil {
			return "e"
		}
	}
	if matched {
		return "1"
	}
	return "0"
}
