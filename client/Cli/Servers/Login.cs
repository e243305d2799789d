namespace Tumbler.Cli.Servers;

/// <summary>What <c>tumbler login</c> keeps.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Key">The credential.</param>
internal sealed record Login(string Server, string Key)
{
    public override string ToString() => $"Login({Server})";
}
