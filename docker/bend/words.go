package main

import "go/ast"

// heads gives, per kind, the part of a node that its names are looked for in; nil for a node of another kind.
var heads = map[string]func(ast.Node, Step) []ast.Node{
	"if": func(node ast.Node, _ Step) []ast.Node {
		if is, ok := node.(*ast.IfStmt); ok {
			return present(is.Init, is.Cond)
		}
		return nil
	},
	"range": func(node ast.Node, _ Step) []ast.Node {
		if is, ok := node.(*ast.RangeStmt); ok {
			return present(is.Key, is.Value, is.X)
		}
		return nil
	},
	"assign": func(node ast.Node, _ Step) []ast.Node {
		if is, ok := node.(*ast.AssignStmt); ok {
			return expressions(append(append([]ast.Expr{}, is.Lhs...), is.Rhs...))
		}
		return nil
	},
	"return": func(node ast.Node, _ Step) []ast.Node {
		if is, ok := node.(*ast.ReturnStmt); ok {
			return expressions(is.Results)
		}
		return nil
	},
	"call": func(node ast.Node, step Step) []ast.Node {
		is, ok := node.(*ast.CallExpr)
		if !ok || len(step.Names) == 0 || dotted(is.Fun) != step.Names[0] {
			return nil
		}
		return []ast.Node{is}
	},
}

func present(nodes ...ast.Node) []ast.Node {
	kept := []ast.Node{}
	for _, node := range nodes {
		if node != nil {
			kept = append(kept, node)
		}
	}
	return kept
}

func expressions(list []ast.Expr) []ast.Node {
	nodes := []ast.Node{}
	for _, expression := range list {
		nodes = append(nodes, expression)
	}
	return nodes
}

// wordsOf collects identifiers and selectors, and does not look into the bodies of function literals.
func wordsOf(parts []ast.Node) map[string]bool {
	words := map[string]bool{}
	for _, part := range parts {
		ast.Inspect(part, func(node ast.Node) bool {
			if expression, ok := node.(ast.Expr); ok {
				if word := dotted(expression); word != "" {
					words[word] = true
				}
			}
			_, isBlock := node.(*ast.BlockStmt)
			return !isBlock
		})
	}
	return words
}

// dotted writes a literal or a chain of identifiers as in the source; "" for any other expression.
func dotted(expression ast.Expr) string {
	switch is := expression.(type) {
	case *ast.Ident:
		return is.Name
	case *ast.BasicLit:
		return is.Value
	case *ast.SelectorExpr:
		if left := dotted(is.X); left != "" {
			return left + "." + is.Sel.Name
		}
	}
	return ""
}
