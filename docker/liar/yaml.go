package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// An entry is one key of a configuration file with its scalar, or the items of its list.
type entry struct {
	section, key string
	values       []string
}

// parseYAML reads the part of YAML that configuration files of etcd are written in: `key: value`, maps
// nested once, block lists and flow lists of scalars, comments on lines of their own.
func parseYAML(text string) ([]entry, error) {
	var entries []entry
	section := ""
	for i, line := range strings.Split(text, "\n") {
		body := strings.TrimSpace(line)
		if body == "" || strings.HasPrefix(body, "#") || body == "---" {
			continue
		}
		if item, isItem := strings.CutPrefix(body, "- "); isItem {
			if len(entries) == 0 {
				return nil, fmt.Errorf("yaml: line %d: a list item belongs to no key", i+1)
			}
			last := &entries[len(entries)-1]
			last.values = append(last.values, scalar(item))
			continue
		}
		key, value, found := strings.Cut(body, ":")
		if !found {
			return nil, fmt.Errorf("yaml: line %d: could not find expected ':'", i+1)
		}
		key = scalar(key)
		if line[0] != ' ' {
			section = ""
		}
		if _, isSection := inFile[key]; isSection && line[0] != ' ' {
			section = key
			continue
		}
		entries = append(entries, entry{section, key, scalars(strings.TrimSpace(value))})
	}
	return entries, nil
}

func scalars(value string) []string {
	if value == "" || value == "[]" {
		return nil
	}
	if strings.HasPrefix(value, "[") {
		var list []string
		for _, item := range strings.Split(strings.Trim(value, "[]"), ",") {
			list = append(list, scalar(item))
		}
		return list
	}
	return []string{scalar(value)}
}

func scalar(text string) string {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, `"`) {
		var s string
		if json.Unmarshal([]byte(text), &s) == nil {
			return s
		}
	}
	if len(text) >= 2 && text[0] == '\'' {
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
	}
	return text
}
