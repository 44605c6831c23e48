package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"sort"
	"strings"
)

// splice puts text in the place of the bytes from start to end.
type splice struct {
	start, end int
	text       string
}

// bendFile makes all edits of one file; every place is looked for in the text as it was.
func bendFile(name string, text []byte, edits []Edit) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	offset := func(pos token.Pos) int { return set.Position(pos).Offset }
	var splices []splice
	for _, edit := range edits {
		made, err := spliceOf(file, edit, offset)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", name, edit.In, err)
		}
		if string(text[made.start:made.end]) == made.text {
			return nil, fmt.Errorf("%s, %s: the new code is the old one", name, edit.In)
		}
		splices = append(splices, made)
		for _, path := range edit.Imports {
			after := offset(file.Name.End())
			splices = append(splices, splice{after, after, fmt.Sprintf("\n\nimport %q\n", path)})
		}
		if edit.Declare != "" {
			splices = append(splices, splice{len(text), len(text), "\n" + edit.Declare + "\n"})
		}
	}
	bent, err := apply(text, splices)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	formatted, err := format.Source(bent)
	if err != nil {
		return nil, fmt.Errorf("%s: the new code does not parse: %w", name, err)
	}
	return formatted, nil
}

func spliceOf(file *ast.File, edit Edit, offset func(token.Pos) int) (splice, error) {
	function, err := findFunction(file, edit.In)
	if err != nil {
		return splice{}, err
	}
	if len(edit.At) == 0 {
		return bodySplice(function.Body, edit, offset)
	}
	place, err := findPlace(function.Body, edit.At)
	if err != nil {
		return splice{}, err
	}
	start, end := offset(place.Pos()), offset(place.End())
	switch is := place.(type) {
	case *ast.IfStmt:
		if edit.Do == "condition" {
			return splice{offset(is.Cond.Pos()), offset(is.Cond.End()), edit.Code}, nil
		}
	case *ast.RangeStmt:
		if edit.Do == "over" {
			return splice{offset(is.X.Pos()), offset(is.X.End()), edit.Code}, nil
		}
	case *ast.CallExpr:
		if edit.Do != "replace" {
			return splice{}, fmt.Errorf("a call can only be replaced, not %q", edit.Do)
		}
	}
	switch edit.Do {
	case "replace":
		return splice{start, end, edit.Code}, nil
	case "before":
		return splice{start, start, edit.Code + "\n"}, nil
	case "after":
		return splice{end, end, "\n" + edit.Code}, nil
	}
	return splice{}, fmt.Errorf("%q cannot be done to it", edit.Do)
}

// bodySplice treats the function as a whole: `replace` its body, or put code `before` its first statement.
func bodySplice(body *ast.BlockStmt, edit Edit, offset func(token.Pos) int) (splice, error) {
	start, end := offset(body.Lbrace)+1, offset(body.Rbrace)
	switch edit.Do {
	case "replace":
		return splice{start, end, "\n" + edit.Code + "\n"}, nil
	case "before":
		return splice{start, start, "\n" + edit.Code + "\n"}, nil
	}
	return splice{}, fmt.Errorf("%q cannot be done to a function", edit.Do)
}

// apply works from the end to the beginning, so that offsets stay true.
func apply(text []byte, splices []splice) ([]byte, error) {
	sort.SliceStable(splices, func(i, j int) bool { return splices[i].start < splices[j].start })
	var bent strings.Builder
	at := 0
	for _, one := range splices {
		if one.start < at {
			return nil, fmt.Errorf("two edits touch the same place")
		}
		bent.Write(text[at:one.start])
		bent.WriteString(one.text)
		at = one.end
	}
	bent.Write(text[at:])
	return []byte(bent.String()), nil
}
