using System.Text.Json.Serialization;

namespace Tumbler.Bench.Growth;

/// <summary>How the product does against the number of one thing.</summary>
/// <param name="Of">What there are so many of, as it is read: <c>API keys</c>.</param>
/// <param name="Unit">Of the lines' costs.</param>
/// <param name="Note">What a reader has to know beside the figures.</param>
internal sealed record GrowthPart(
    string Name,
    string Of,
    string Unit,
    string Note,
    GrowthCircumstances Measured,
    IReadOnlyList<GrowthLine> Lines,
    IReadOnlyList<GrowthMemory> Memory)
{
    public const string ProcessorTime = "µs";

    /// <summary>Costs are processor time of requests that come as fast as they are answered; else the time of one at a time.</summary>
    [JsonIgnore]
    public bool IsPerRequest => Unit == ProcessorTime;
}
