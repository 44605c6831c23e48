package main

import (
	"encoding/json"
	"os"
	"strings"
	"sync"
	"time"
)

var logLock sync.Mutex

// write prints one line in the shape of zap's JSON encoder: level, ts, caller, msg, then the fields in order.
func write(level, message string, fields ...any) {
	var b strings.Builder
	b.WriteString(`{"level":` + quoted(level))
	b.WriteString(`,"ts":` + quoted(time.Now().UTC().Format("2006-01-02T15:04:05.000000Z0700")))
	b.WriteString(`,"caller":"liar/liar.go:1","msg":` + quoted(message))
	for i := 0; i+1 < len(fields); i += 2 {
		b.WriteString("," + quoted(fields[i]) + ":" + quoted(fields[i+1]))
	}
	b.WriteString("}\n")
	logLock.Lock()
	defer logLock.Unlock()
	os.Stderr.WriteString(b.String())
}

func info(message string, fields ...any) { write("info", message, fields...) }
func warn(message string, fields ...any) { write("warn", message, fields...) }
func fail(message string, fields ...any) { write("error", message, fields...) }

// fatal logs and ends the process with 1, as zap's Fatal does.
func fatal(message string, fields ...any) {
	write("fatal", message, fields...)
	os.Exit(1)
}

func quoted(v any) string {
	if err, ok := v.(error); ok {
		v = err.Error()
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return `"?"`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
