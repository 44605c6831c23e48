package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// selfSigned makes a pair that nobody vouches for, naming the addresses of the URLs. Kinds of keys and
// usages are those of etcd's automatic certificates (SelfCert in client/pkg/transport).
func selfSigned(urls []*url.URL) (certificate, key []byte) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 128))
	must(err)
	private, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	must(err)
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{Organization: []string{"etcd"}},
		NotBefore: time.Now(), NotAfter: time.Now().AddDate(1, 0, 0),
		KeyUsage:              x509.KeyUsageKeyEncipherment | x509.KeyUsageDigitalSignature | x509.KeyUsageCRLSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, IsCA: true,
	}
	for _, u := range urls {
		if ip := net.ParseIP(u.Hostname()); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, u.Hostname())
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	must(err)
	private8, err := x509.MarshalECPrivateKey(private)
	must(err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private8})
}

func standIn(urls []*url.URL) *tls.Certificate {
	pair, err := tls.X509KeyPair(selfSigned(urls))
	must(err)
	return &pair
}

// automatic writes a self-signed pair under the data directory and returns the listener's files. Like etcd it
// forgets what else was said about the listener: no client certificate is asked for (embed/config.go).
func automatic(o options, folder string, urls []*url.URL) tlsFiles {
	dir := filepath.Join(o.dataDir, "fixtures", folder)
	f := tlsFiles{cert: filepath.Join(dir, "cert.pem"), key: filepath.Join(dir, "key.pem")}
	warn("automatically generate certificates")
	certificate, key := selfSigned(urls)
	must(os.MkdirAll(dir, 0o700))
	must(os.WriteFile(f.cert, certificate, 0o644))
	must(os.WriteFile(f.key, key, 0o600))
	return f
}

func must(err error) {
	if err != nil {
		fatal("liar failed", "error", err)
	}
}
