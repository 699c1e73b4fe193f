// Package client speaks to a Slipway server: GraphQL, the MLflow REST API and the delivery of manifests.
package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	requestTimeout = 60 * time.Second
	maximumBody    = 16 << 20
	firstPause     = 200 * time.Millisecond
	longestPause   = 5 * time.Second
)

// Config says which server, and as whom.
type Config struct {
	// Endpoint is the server's address, such as https://slipway.example.
	Endpoint string
	// Token is an API token; empty where the server needs none.
	Token string
	// CAFile is a PEM file with the certificates to trust beside the system's; empty for none.
	CAFile string
	// Workspace is what the calls are about; empty for the server's default.
	Workspace string
	// Retry is how long a request is repeated while the server is not there; 0 for not at all.
	Retry time.Duration
	// Version is the provider's, which the server's logs show.
	Version string
}

// Client is safe for use by several goroutines.
type Client struct {
	base      *url.URL
	token     string
	workspace string
	agent     string
	retry     time.Duration
	http      *http.Client
}

// New checks the configuration; it asks the server nothing.
func New(config Config) (*Client, error) {
	base, err := address(config.Endpoint)
	if err != nil {
		return nil, err
	}
	if strings.ContainsFunc(config.Token, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return nil, errors.New("the token holds characters that no token has; is there a line break at its end?")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if config.CAFile != "" {
		if transport.TLSClientConfig.RootCAs, err = authorities(config.CAFile); err != nil {
			return nil, err
		}
	}
	return &Client{
		base:      base,
		token:     config.Token,
		workspace: config.Workspace,
		agent:     "terraform-provider-slipway/" + config.Version,
		retry:     config.Retry,
		http: &http.Client{
			Transport: transport,
			Timeout:   requestTimeout,
			// A redirect would carry the token elsewhere.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

func address(endpoint string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimRight(endpoint, "/"))
	if err != nil || (base.Scheme != "http" && base.Scheme != "https") || base.Host == "" {
		return nil, fmt.Errorf("'%s' is no address of a server: give one such as https://slipway.example", endpoint)
	}
	if base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("the address must not hold a user, a query or a fragment; give the token as token")
	}
	return base, nil
}

func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the file of certificate authorities can't be read: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("there is no certificate in PEM form in %s", file)
	}
	return pool, nil
}

// InsecureToken tells whether the token travels in plain text to another machine.
func (c *Client) InsecureToken() bool {
	if c.token == "" || c.base.Scheme == "https" {
		return false
	}
	host := c.base.Hostname()
	ip := net.ParseIP(host)
	return host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// request is one call. A call that is not repeatable is sent again only if the server has certainly not carried it out.
type request struct {
	method, path, accept string
	body                 any
	repeatable           bool
	// unavailable tells whether an answer of status 200 says that a service was not there; nil if none can.
	unavailable func(answer) bool
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func (c *Client) send(ctx context.Context, call request) (answer, error) {
	var body []byte
	if call.body != nil {
		var err error
		if body, err = json.Marshal(call.body); err != nil {
			return answer{}, err
		}
	}
	deadline := time.Now().Add(c.retry)
	pause := firstPause
	for {
		got, err := c.once(ctx, call, body)
		again, wait := c.again(call, got, err)
		if wait < pause {
			wait = pause/2 + rand.N(pause/2)
		}
		if !again || time.Now().Add(wait).After(deadline) {
			return got, err
		}
		select {
		case <-ctx.Done():
			return got, err
		case <-time.After(wait):
		}
		pause = min(2*pause, longestPause)
	}
}

// again tells whether to repeat a call, and after what time at least.
func (c *Client) again(call request, got answer, err error) (bool, time.Duration) {
	var unreachable *UnreachableError
	if errors.As(err, &unreachable) {
		return unreachable.passing && (call.repeatable || !unreachable.Sent), 0
	}
	if err != nil {
		return false, 0
	}
	seconds, _ := strconv.Atoi(got.header.Get("Retry-After"))
	wait := time.Duration(max(0, seconds)) * time.Second
	switch got.status {
	case http.StatusTooManyRequests:
		return true, wait
	case http.StatusServiceUnavailable:
		// With a time to come again nothing was done; without, a store may have failed in the middle.
		return call.repeatable || wait > 0, wait
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return call.repeatable, wait
	}
	return call.repeatable && call.unavailable != nil && call.unavailable(got), wait
}

func (c *Client) once(ctx context.Context, call request, body []byte) (answer, error) {
	target := c.base.String() + call.path
	sent, err := http.NewRequestWithContext(ctx, call.method, target, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != nil {
		sent.Header.Set("Content-Type", "application/json")
	}
	sent.Header.Set("Accept", call.accept)
	sent.Header.Set("User-Agent", c.agent)
	if c.token != "" {
		sent.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.workspace != "" {
		sent.Header.Set("X-Slipway-Workspace", c.workspace)
	}
	got, err := c.http.Do(sent)
	if err != nil {
		return answer{}, c.unreachable(ctx, err)
	}
	defer got.Body.Close()
	read, err := io.ReadAll(io.LimitReader(got.Body, maximumBody+1))
	if err != nil {
		return answer{}, c.unreachable(ctx, err)
	}
	if len(read) > maximumBody {
		return answer{}, fmt.Errorf("the answer of %s has more than %d MiB", target, maximumBody>>20)
	}
	if got.StatusCode >= 300 && got.StatusCode < 400 {
		return answer{}, fmt.Errorf("%s leads on to %s; give the address that it leads to as endpoint", target, got.Header.Get("Location"))
	}
	return answer{got.StatusCode, got.Header, read}, nil
}

func (c *Client) unreachable(ctx context.Context, err error) error {
	var dial *net.OpError
	var certificate *tls.CertificateVerificationError
	refused := errors.As(err, &dial) && dial.Op == "dial"
	wrongCertificate := errors.As(err, &certificate)
	return &UnreachableError{
		Address: c.base.String(),
		Sent:    !refused && !wrongCertificate,
		passing: !wrongCertificate && ctx.Err() == nil,
		cause:   err,
	}
}
