namespace Tumbler.Api.Configuration;

/// <param name="Value">Of a secret at most its last 4 characters; null when it is not given.</param>
/// <param name="Source">Where it was given: <c>environment</c>, <c>file /run/secrets/admin</c>; <c>default</c> when nowhere.</param>
public sealed record SettingView(string Name, string? Value, string Source, bool Secret);
