using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tumbler.Cli.Calls;

namespace Tumbler.Cli.Servers;

/// <summary>What the server answered.</summary>
/// <param name="Body">Its document, as it came.</param>
/// <param name="Unconfirmed">The silos that have not confirmed a change within a second, if there are any.</param>
internal sealed record Answer<T>(ReadOnlyMemory<byte> Body, JsonTypeInfo<T> Shape, string? Unconfirmed)
{
    /// <summary>Only who needs more than the document reads it: a newer server may say what is not known here.</summary>
    public Outcome<T> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, Shape)!;
        }
        catch (JsonException e)
        {
            return new Failure(
                ExitCode.Defect, $"It was done, but the server's answer is not understood: {e.Message}",
                "Is the server newer than this program? --json prints what it says.");
        }
    }
}
