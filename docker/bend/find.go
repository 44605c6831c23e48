package main

import (
	"fmt"
	"go/ast"
	"strings"
)

// findFunction looks for `name` or `Type.method` among the declarations of a file.
func findFunction(file *ast.File, wanted string) (*ast.FuncDecl, error) {
	var found []*ast.FuncDecl
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if ok && function.Body != nil && functionName(function) == wanted {
			found = append(found, function)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("function %s is there %d times, not once", wanted, len(found))
	}
	return found[0], nil
}

func functionName(function *ast.FuncDecl) string {
	if function.Recv == nil {
		return function.Name.Name
	}
	receiver := function.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	if name, ok := receiver.(*ast.Ident); ok {
		return name.Name + "." + function.Name.Name
	}
	return ""
}

// findPlace follows the steps, each within the node that the one before found.
func findPlace(body ast.Node, steps []Step) (ast.Node, error) {
	place := body
	for _, step := range steps {
		nth, of := step.Nth, step.Of
		if nth == 0 && of == 0 {
			nth, of = 1, 1
		}
		found, err := findAll(place, step)
		if err != nil {
			return nil, err
		}
		if len(found) != of || nth < 1 || nth > of {
			return nil, fmt.Errorf("%s is there %d times, not %d", describe(step), len(found), of)
		}
		place = found[nth-1]
	}
	return place, nil
}

// findAll lists the nodes below `within` that the step describes, in the order of the text.
func findAll(within ast.Node, step Step) ([]ast.Node, error) {
	if head, known := heads[step.Kind]; known {
		var found []ast.Node
		ast.Inspect(within, func(node ast.Node) bool {
			if node == nil || node == within {
				return true
			}
			if parts := head(node, step); parts != nil && matches(wordsOf(parts), step) {
				found = append(found, node)
			}
			return true
		})
		return found, nil
	}
	return nil, fmt.Errorf("there is no kind of place %q", step.Kind)
}

func matches(words map[string]bool, step Step) bool {
	for _, name := range step.Names {
		if !words[name] {
			return false
		}
	}
	for _, name := range step.Not {
		if words[name] {
			return false
		}
	}
	return true
}

func describe(step Step) string {
	names := strings.Join(step.Names, ", ")
	if names == "" {
		names = "any names"
	}
	text := step.Kind + " with " + names
	if len(step.Not) > 0 {
		text += " without " + strings.Join(step.Not, ", ")
	}
	return text
}
