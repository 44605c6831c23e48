// Command bend copies Go modules and changes a few places of the copies, which are named by syntax: a function and
// a statement in it. It takes one argument, the file that holds the plan as JSON (plan.go).
//
// It ends with status 1 and one line on standard error when a place is not there exactly once: a build whose check
// was not bent would be an honest one.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bend:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: bend PLAN.json")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var plan Plan
	if err := json.Unmarshal(text, &plan); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	for _, module := range plan.Modules {
		if err := bendModule(module); err != nil {
			return err
		}
	}
	return nil
}

func bendModule(module Module) error {
	if len(module.Edits) == 0 {
		return fmt.Errorf("%s: a module without edits stays honest", module.From)
	}
	if err := copyModule(module.From, module.To); err != nil {
		return err
	}
	byFile := map[string][]Edit{}
	for _, edit := range module.Edits {
		byFile[edit.File] = append(byFile[edit.File], edit)
	}
	for file, edits := range byFile {
		path := filepath.Join(module.To, filepath.FromSlash(file))
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		bent, err := bendFile(file, text, edits)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, bent, 0o644); err != nil {
			return err
		}
	}
	return nil
}
