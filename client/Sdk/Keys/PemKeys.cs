namespace Tumbler.Client.Keys;

/// <summary>Public keys and certificates in PEM.</summary>
internal static class PemKeys
{
    public static IReadOnlyList<object> Read(string file) => [.. File.ReadAllLines(file)];
}
