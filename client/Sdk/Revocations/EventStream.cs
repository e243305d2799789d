using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Tumbler.Client.Net;

namespace Tumbler.Client.Revocations;

/// <summary>Reads <c>data</c> of a stream of events (HTML Living Standard §9.2.6), each in one line as the server writes it.</summary>
internal static class EventStream
{
    private static ReadOnlySpan<byte> Data => "data:"u8;

    /// <param name="heard">Called whenever anything comes, a sign of life included.</param>
    /// <exception cref="FetchException">An event is larger than that.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Read(
        Stream stream, int maxSize, Action heard, [EnumeratorCancellation] CancellationToken stop)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(stop);
                heard();
                var rest = result.Buffer;
                while (TakeLine(ref rest, out var line))
                {
                    if (DataOf(line) is { } data)
                        yield return data;
                }

                if (rest.Length > maxSize)
                    throw FetchException.Refused($"An event is larger than {maxSize / 1024} KB.");
                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                    yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadTo(out line, (byte)'\n'))
            return false;
        rest = reader.UnreadSequence;
        return true;
    }

    private static ReadOnlyMemory<byte>? DataOf(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        if (!reader.IsNext(Data, advancePast: true))
            return null;
        return reader.UnreadSequence.ToArray().AsMemory().Trim(" \r"u8);
    }
}
