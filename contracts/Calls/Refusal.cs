using System.Text.Json.Serialization;

namespace Tumbler.Contracts.Calls;

/// <summary>An answer that says no. A value, not an exception: being refused is an expected outcome.</summary>
[method: JsonConstructor]
public sealed record Refusal(ErrorCode Code, string Message, IReadOnlyList<FieldError> Fields)
{
    public Refusal(ErrorCode code, string message) : this(code, message, []) { }

    public static Refusal Invalid(IReadOnlyList<FieldError> fields) =>
        new(ErrorCode.InvalidInput, string.Join(" ", fields.Select(field => field.Message)), fields);

    public static Refusal Invalid(string field, string rule, string message) =>
        Invalid([new FieldError(field, rule, message)]);

    public static Refusal NotFound(string what, string id) =>
        new(ErrorCode.NotFound, $"There is no {what} '{id}'.");
}
