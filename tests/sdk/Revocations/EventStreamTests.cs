using System.Text;
using Tumbler.Client.Net;
using Tumbler.Client.Revocations;

namespace Tumbler.Client.Tests.Revocations;

public sealed class EventStreamTests
{
    [Theory]
    [InlineData("id: 1\nevent: list\ndata: a.b.c\n\n", "a.b.c")]
    [InlineData(":\n\n:\n\ndata: one\n\n:\n\ndata: two\n\n", "one two")]
    [InlineData("data:one\r\n\r\n", "one")]
    [InlineData("data: unfinished", "")]
    [InlineData("datum: x\n\nid: 3\n\n", "")]
    public async Task Only_data_comes_out(string stream, string data)
    {
        foreach (var step in (int[])[1, 7, 4096])
            Assert.Equal(data, string.Join(' ', await Read(stream, step, 1000)));
    }

    [Fact]
    public async Task An_event_without_end_is_refused()
    {
        var thrown = await Assert.ThrowsAsync<FetchException>(() => Read($"data: {new string('x', 100_000)}", 4096, 50_000));

        Assert.True(thrown.IsRefused);
    }

    private static async Task<List<string>> Read(string text, int step, int maxSize)
    {
        var all = new List<string>();
        await foreach (var data in EventStream.Read(new Dripping(Encoding.ASCII.GetBytes(text), step), maxSize, () => { }, CancellationToken.None))
            all.Add(Encoding.ASCII.GetString(data.Span));
        return all;
    }

    /// <summary>Gives so much at a time.</summary>
    private sealed class Dripping(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, step)], cancellationToken);
    }
}
