namespace Tumbler.Contracts.Keys;

/// <param name="Format"><c>pkcs8</c> or <c>pkcs12</c>.</param>
/// <param name="Password">16 to 128 printable ASCII characters: whoever has the answer can try passwords for ever.</param>
public sealed record ExportKey(string? Format = null, string? Password = null)
{
    public override string ToString() => $"ExportKey({Format})";
}
