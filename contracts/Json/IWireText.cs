using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Contracts.Json;

/// <summary>A value that is one string on the wire.</summary>
public interface IWireText<TSelf> where TSelf : struct, IWireText<TSelf>
{
    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf value);
}
