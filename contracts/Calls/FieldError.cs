namespace Tumbler.Contracts.Calls;

/// <summary>One broken input rule.</summary>
/// <param name="Field">The field as the caller wrote it: <c>slug</c>, <c>scopes[2]</c>.</param>
/// <param name="Rule">The rule's stable name: <c>slug</c>, <c>required</c>, <c>unknown_field</c>.</param>
/// <param name="Message">One sentence for a person. Never repeats a secret.</param>
public sealed record FieldError(string Field, string Rule, string Message);
