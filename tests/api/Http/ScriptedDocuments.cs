using System.Text;
using Tumbler.Contracts.Keys;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Api.Tests.Http;

/// <summary>Has the rings <c>default</c> and <c>es256</c>.</summary>
internal sealed class ScriptedDocuments : IPublishedKeys
{
    public static readonly RingDocuments Default = Of("default");
    private static readonly RingDocuments Es256 = Of("es256");

    public async ValueTask<RingDocuments?> Get(RingId ring)
    {
        if (ring == RingId.Default)
            return Default;
        // The slow way: a ring's first use on a node.
        await Task.Yield();
        return ring.Value == "es256" ? Es256 : null;
    }

    private static RingDocuments Of(string ring) => new(
        PublishedDocument.Of(Encoding.UTF8.GetBytes($"{{\"keys\":[],\"of\":\"{ring}\"}}")),
        PublishedDocument.Of(Encoding.UTF8.GetBytes($"{{\"issuer\":\"{ring}\"}}")));
}
