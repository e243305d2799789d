using Tumbler.Contracts.Audit;

namespace Tumbler.Silo.Configuration;

public static class NodeNames
{
    private const int Longest = 63;

    /// <summary>The machine's name, made to fit.</summary>
    public static NodeId Of(string machine)
    {
        var letters = machine.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-');
        var name = string.Concat(letters).TrimStart('.', '_', '-');
        return NodeId.TryParse(name[..Math.Min(name.Length, Longest)], out var node) ? node : NodeId.Parse("node");
    }
}
