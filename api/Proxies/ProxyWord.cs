namespace Tumbler.Api.Proxies;

/// <summary>Marks a request that a trusted proxy passed on.</summary>
internal sealed class ProxyWord
{
    public static readonly ProxyWord Taken = new();

    private ProxyWord() { }
}
