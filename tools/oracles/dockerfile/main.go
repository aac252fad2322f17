// Command dockerfile asks BuildKit's own code what it makes of Dockerfiles, of single words and of ignore files.
//
//	go run . FIXTURE.json ...    fills in the answers of fixture files
//	go run . -read < PATHS       reads the Dockerfiles named on standard input, one answer a line
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

// fixture is one file of cases; kind says what is asked.
type fixture struct {
	Kind  string            `json:"kind"`
	Cases []json.RawMessage `json:"cases"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 && args[0] == "-read" {
		return readPaths()
	}
	for _, path := range args {
		if err := refresh(path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func readPaths() error {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		text, err := os.ReadFile(lines.Text())
		if err != nil {
			return err
		}
		answer := map[string]any{"path": lines.Text(), "buildkit": readDockerfile(string(text))}
		if err := out.Encode(answer); err != nil {
			return err
		}
	}
	return lines.Err()
}

func refresh(path string) error {
	written, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var file fixture
	if err := json.Unmarshal(written, &file); err != nil {
		return err
	}
	ask, ok := askers[file.Kind]
	if !ok {
		return fmt.Errorf("unknown kind %q", file.Kind)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n\"kind\": %q,\n\"cases\": [", file.Kind)
	for i, each := range file.Cases {
		answered, err := ask(each)
		if err != nil {
			return fmt.Errorf("case %d: %w", i, err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(answered)
	}
	out.WriteString("\n]\n}\n")
	return os.WriteFile(path, out.Bytes(), 0o644)
}

// askers hold one function a kind; each takes a case and gives it back with the answer in `buildkit`.
var askers = map[string]func(json.RawMessage) ([]byte, error){
	"dockerfile": answering(func(c *dockerfileCase) { c.BuildKit = readDockerfile(c.Text) }),
	"expansion":  answering(func(c *expansionCase) { c.BuildKit = expand(*c) }),
	"scope":      answering(func(c *scopeCase) { c.BuildKit = labels(*c) }),
	"ignore":     answering(func(c *ignoreCase) { c.BuildKit = readIgnore(c.Text) }),
}

func answering[C any](answer func(*C)) func(json.RawMessage) ([]byte, error) {
	return func(raw json.RawMessage) ([]byte, error) {
		var each C
		if err := json.Unmarshal(raw, &each); err != nil {
			return nil, err
		}
		answer(&each)
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		err := encoder.Encode(each)
		return bytes.TrimRight(out.Bytes(), "\n"), err
	}
}
