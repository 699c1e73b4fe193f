package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Kinds of errors, as Slipway names them.
const (
	NotFound        = "NOT_FOUND"
	Invalid         = "INVALID"
	Conflict        = "CONFLICT"
	Unauthenticated = "UNAUTHENTICATED"
	Forbidden       = "FORBIDDEN"
	Unavailable     = "UNAVAILABLE"
)

// Error is what the server says is wrong.
type Error struct {
	// Kind is one of Slipway's kinds.
	Kind string
	// Code is stable, such as model.exists; empty where the server gave none.
	Code string
	// Message says what was wrong, where, and what to do.
	Message string
	// RequestID stands in the server's logs.
	RequestID string
}

func (e *Error) Error() string {
	text := e.Message
	if e.Code != "" {
		text += " [" + e.Code + "]"
	}
	if e.RequestID != "" {
		text += " (request " + e.RequestID + ")"
	}
	return text
}

// UnreachableError tells that no answer came.
type UnreachableError struct {
	// Address is the server's.
	Address string
	// Sent tells whether the server may have carried out the request all the same.
	Sent bool

	passing bool
	cause   error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("No answer from %s: %v. Is the address right, and is the server up?", e.Address, e.cause)
}

func (e *UnreachableError) Unwrap() error { return e.cause }

// KindOf gives the kind of an error of the server; empty for any other.
func KindOf(err error) string {
	var told *Error
	if errors.As(err, &told) {
		return told.Kind
	}
	return ""
}

// Unanswered tells whether the server may have carried out a request that failed with this error.
func Unanswered(err error) bool {
	var unreachable *UnreachableError
	return errors.As(err, &unreachable) && unreachable.Sent || KindOf(err) == Unavailable
}

// refusal reads the error in an answer that is not GraphQL's: problem details, MLflow's form, or something else's page.
func (c *Client) refusal(got answer) error {
	var body struct {
		Kind, Code, Detail, Message string
		ErrorCode                   string `json:"error_code"`
		RequestID                   string `json:"requestId"`
	}
	told := &Error{Kind: kind(got.status), RequestID: got.header.Get("X-Request-Id")}
	isJSON := json.Unmarshal(got.body, &body) == nil
	switch {
	case isJSON && body.Detail != "":
		told.Message, told.Code = body.Detail, body.Code
		if body.Kind != "" {
			told.Kind = body.Kind
		}
	case isJSON && body.Message != "":
		told.Message, told.Code = body.Message, body.ErrorCode
		if body.ErrorCode == "RESOURCE_ALREADY_EXISTS" {
			told.Kind = Conflict
		}
	case got.status == http.StatusServiceUnavailable || got.status == http.StatusBadGateway || got.status == http.StatusGatewayTimeout:
		told.Message = fmt.Sprintf("%s can't answer now (HTTP %d).", c.base, got.status)
	default:
		return c.stranger(got)
	}
	return told
}

// stranger is the error of an answer that Slipway would not give.
func (c *Client) stranger(got answer) error {
	return fmt.Errorf("what answers at %s is not Slipway (HTTP %d); is the endpoint right?", c.base, got.status)
}

func kind(status int) string {
	switch status {
	case http.StatusNotFound:
		return NotFound
	case http.StatusUnauthorized:
		return Unauthenticated
	case http.StatusForbidden:
		return Forbidden
	case http.StatusConflict:
		return Conflict
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return Unavailable
	}
	if status < 500 {
		return Invalid
	}
	return "INTERNAL"
}
