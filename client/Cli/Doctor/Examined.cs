using System.Text.Json.Serialization;

namespace Tumbler.Cli.Doctor;

/// <param name="Result"><c>ok</c>, <c>warning</c>, <c>failure</c>, or <c>not looked at</c>.</param>
/// <param name="Seen">What was seen, in a few words.</param>
internal sealed record Examined(string Check, string Result, string? Seen, [property: JsonIgnore] IReadOnlyList<Finding> Findings)
{
    public const string Ok = "ok";
    public const string NotLookedAt = "not looked at";

    public static Examined Of(string check, string? seen, IReadOnlyList<Finding> findings) => new(
        check,
        findings.Count > 0 ? findings.Max(finding => finding.Severity).ToString().ToLowerInvariant() : seen is null ? NotLookedAt : Ok,
        seen,
        findings);
}
