using System.Buffers;
using System.IO.Pipelines;

namespace Tumbler.Api.Requests;

internal static class BodyReading
{
    /// <summary>More is 413: Kestrel counts, also a chunked body, with its framing.</summary>
    public const int MaxBytes = 102_400;

    /// <summary>The whole body. The caller ends its use with <see cref="PipeReader.AdvanceTo(SequencePosition)"/>.</summary>
    public static ValueTask<ReadOnlySequence<byte>> ReadToEnd(this PipeReader body, CancellationToken stop)
    {
        var reading = body.ReadAsync(stop);
        if (!reading.IsCompletedSuccessfully)
            return Continue(body, reading, stop);
        var read = reading.Result;
        if (read.IsCompleted)
            return ValueTask.FromResult(read.Buffer);
        body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        return Continue(body, body.ReadAsync(stop), stop);
    }

    private static async ValueTask<ReadOnlySequence<byte>> Continue(
        PipeReader body, ValueTask<ReadResult> reading, CancellationToken stop)
    {
        var read = await reading;
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(stop);
        }

        return read.Buffer;
    }
}
