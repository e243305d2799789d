namespace Tumbler.Engine.Idempotency;

/// <summary>What a change was asked to do, for telling a repetition from a key used twice.</summary>
/// <param name="Operation">The operation and what it works on: <c>api-keys.create acme</c>.</param>
/// <param name="Body">The request's fields.</param>
public sealed record RepeatableRequest(string Operation, object? Body);
