using System.Buffers;
using System.Globalization;
using System.Text;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Input;

namespace Tumbler.Core.Audit;

/// <summary>The bytes of an entry that its hash covers: everything but hash and MAC, as canonical JSON (RFC 8785).</summary>
public static class AuditForm
{
    /// <summary>An entry as a line of an export, without the line feed: everything, as canonical JSON.</summary>
    /// <exception cref="FormatException">A string holds a lone surrogate.</exception>
    public static byte[] Line(AuditEntry entry) => Write(entry, sealedBy: true);

    /// <summary>Written in canonical order straight away, because hashing every entry of a log twice over through a
    /// document model is what verifying it would cost most. Equal to <see cref="CanonicalJson"/> of the same members.</summary>
    /// <exception cref="FormatException">A string holds a lone surrogate.</exception>
    public static byte[] Of(AuditEntry entry) => Write(entry, sealedBy: false);

    private static byte[] Write(AuditEntry entry, bool sealedBy)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Member(output, "{\"action\":"u8, Names.UpperSnakeCase(entry.Action));
        Member(output, ",\"actor\":{\"id\":"u8, entry.Actor.Id);
        Member(output, ",\"type\":"u8, Names.SnakeCase(entry.Actor.Type));
        Member(output, "},\"chain\":"u8, entry.Chain);
        output.Write(",\"details\":{"u8);
        WriteDetails(output, entry.Details);
        output.Write("}"u8);
        if (sealedBy)
        {
            Member(output, ",\"hash\":"u8, entry.Hash);
            Member(output, ",\"mac\":"u8, entry.Mac);
        }

        Member(output, ",\"org\":"u8, entry.Org);
        Member(output, ",\"prev_hash\":"u8, entry.PrevHash);
        Member(output, ",\"request_id\":"u8, entry.RequestId);
        Member(output, ",\"resource_id\":"u8, entry.ResourceId);
        Member(output, ",\"resource_type\":"u8, Names.UpperSnakeCase(entry.ResourceType));
        Number(output, ",\"seq\":"u8, entry.Seq);
        Member(output, ",\"source\":"u8, entry.Source);
        Member(output, ",\"status\":"u8, Names.UpperSnakeCase(entry.Status));
        Member(output, ",\"time\":"u8, Time(entry.Time));
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>RFC 3339 in UTC with milliseconds, also for times among the details.</summary>
    internal static string Time(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteDetails(ArrayBufferWriter<byte> output, IReadOnlyDictionary<string, string> details)
    {
        var first = true;
        foreach (var (name, value) in details.OrderBy(detail => detail.Key, StringComparer.Ordinal))
        {
            if (!first)
                output.Write(","u8);
            first = false;
            CanonicalText.Write(output, name);
            Member(output, ":"u8, value);
        }
    }

    internal static void Number(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, long value)
    {
        output.Write(name);
        Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture), output);
    }

    internal static void Member(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> name, string? value)
    {
        output.Write(name);
        if (value is null)
            output.Write("null"u8);
        else
            CanonicalText.Write(output, value);
    }
}
