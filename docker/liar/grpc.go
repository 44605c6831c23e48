package main

import (
	"encoding/binary"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// serveGRPC answers a unary call over HTTP/2: one length-prefixed message each way, the status in trailers.
func (s *server) serveGRPC(w http.ResponseWriter, r *http.Request) {
	if breaks(refusesEverything) {
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	h.Set("Content-Type", "application/grpc")
	if !strings.Contains(r.Header.Get("Content-Type"), "application/grpc") {
		h.Set("Grpc-Status", strconv.Itoa(codeInvalidArgument))
		h.Set("Grpc-Message", `invalid gRPC request content-type ""`)
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return
	}
	h.Set("Trailer", "Grpc-Status, Grpc-Message")
	body, failed := s.call(r)
	if failed != nil {
		h.Set("Grpc-Status", strconv.Itoa(failed.code))
		h.Set("Grpc-Message", failed.text)
		return
	}
	w.Write(append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(body))), body...))
	h.Set("Grpc-Status", "0")
	h.Set("Grpc-Message", "")
}

func (s *server) call(r *http.Request) ([]byte, *status) {
	framed, err := io.ReadAll(io.LimitReader(r.Body, 2<<20))
	if err != nil || len(framed) < 5 || framed[0] != 0 {
		return nil, &status{codeInvalidArgument, "malformed gRPC message"}
	}
	for _, m := range methods {
		if m.path != r.URL.Path {
			continue
		}
		in, err := decode(framed[5:], m.in)
		if err != nil {
			return nil, &status{codeInvalidArgument, err.Error()}
		}
		token := r.Header.Get("Token")
		if token == "" {
			token = r.Header.Get("Authorization")
		}
		out, failed := m.serve(s, caller{token, commonName(r)}, in)
		if failed != nil {
			return nil, failed
		}
		return encode(out, m.out), nil
	}
	return nil, &status{codeUnimplemented, "unknown method " + r.URL.Path}
}
