using System.Diagnostics;

namespace Tumbler.Client.Telemetry;

/// <summary>What can take long. No tag has a token, a key or a claim in it.</summary>
internal static class ClientTraces
{
    public static ActivitySource Source { get; } = new(TumblerDefaults.ActivitySourceName);
}
