// Asks a BuildKit daemon what builds ship. It reads one JSON request a line from standard input, and writes one JSON
// answer a line, in any order: the files of the target stage, or why the build was refused.
package main

import (
	"archive/tar"
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/moby/buildkit/client"
	"github.com/tonistiigi/fsutil"
)

type request struct {
	ID         string            `json:"id"`
	Context    string            `json:"context"`
	Dockerfile string            `json:"dockerfile"`
	Folder     string            `json:"folder"`
	Target     string            `json:"target"`
	BuildArgs  map[string]string `json:"buildArgs"`
}

type answer struct {
	ID      string  `json:"id"`
	Refused string  `json:"refused,omitempty"`
	Files   []entry `json:"files"`
}

type entry struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
	Link string `json:"link,omitempty"`
}

func main() {
	address := flag.String("address", "", "the daemon's address, such as unix:///run/buildkitd.sock")
	parallel := flag.Int("parallel", 4, "builds at a time")
	flag.Parse()
	bk, err := client.New(context.Background(), *address)
	if err != nil {
		log.Fatal(err)
	}
	requests := make(chan request)
	var output sync.Mutex
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	var workers sync.WaitGroup
	for range *parallel {
		workers.Go(func() {
			for r := range requests {
				a := build(bk, r)
				output.Lock()
				if err := encoder.Encode(a); err != nil {
					log.Fatal(err)
				}
				output.Unlock()
			}
		})
	}
	read(requests)
	workers.Wait()
}

func read(requests chan<- request) {
	defer close(requests)
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var r request
			if err := json.Unmarshal(line, &r); err != nil {
				log.Fatal(err)
			}
			requests <- r
		}
		if err != nil {
			return
		}
	}
}

func build(bk *client.Client, r request) answer {
	files, err := solve(bk, r)
	if err != nil {
		return answer{ID: r.ID, Refused: err.Error()}
	}
	return answer{ID: r.ID, Files: files}
}

func solve(bk *client.Client, r request) ([]entry, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	contextFS, err := fsutil.NewFS(r.Context)
	if err != nil {
		return nil, err
	}
	folderFS, err := fsutil.NewFS(r.Folder)
	if err != nil {
		return nil, err
	}
	attributes := map[string]string{"filename": r.Dockerfile, "no-cache": ""}
	if r.Target != "" {
		attributes["target"] = r.Target
	}
	for name, value := range r.BuildArgs {
		attributes["build-arg:"+name] = value
	}
	reader, writer := io.Pipe()
	var files []entry
	done := make(chan error, 1)
	go func() {
		var err error
		files, err = list(reader)
		io.Copy(io.Discard, reader)
		done <- err
	}()
	_, err = bk.Solve(ctx, nil, client.SolveOpt{
		Frontend:      "dockerfile.v0",
		FrontendAttrs: attributes,
		LocalMounts:   map[string]fsutil.FS{"context": contextFS, "dockerfile": folderFS},
		SharedKey:     r.ID,
		Exports: []client.ExportEntry{{
			Type:   client.ExporterTar,
			Output: func(map[string]string) (io.WriteCloser, error) { return writer, nil },
		}},
	}, nil)
	writer.Close()
	listed := <-done
	if err != nil {
		return nil, err
	}
	return files, listed
}

func list(archive io.Reader) ([]entry, error) {
	files := []entry{}
	reader := tar.NewReader(archive)
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if header.Typeflag == tar.TypeDir {
			continue
		}
		e := entry{Path: "/" + strings.TrimPrefix(header.Name, "/"), Size: header.Size}
		if header.Typeflag == tar.TypeSymlink {
			e.Link = header.Linkname
		}
		files = append(files, e)
	}
}
