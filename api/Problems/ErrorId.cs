using Tumbler.Engine;

namespace Tumbler.Api.Problems;

/// <summary>What a person reports and an operator searches the log for.</summary>
internal static class ErrorId
{
    public static string New() => $"ERR-{Convert.ToHexStringLower(Chance.Bytes(6))}";
}
