using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tumbler.Storage.Journal;

/// <summary>Where a page of the audit log ended, as text: the position of its last entry and a tag that only this
/// journal's audit log puts on it. The tag finds mistakes; there is nothing to gain by forging one.</summary>
internal sealed class AuditCursor(Guid journal)
{
    private const int PositionLength = sizeof(int);
    private const int TagLength = 8;

    public string Write(int position)
    {
        Span<byte> cursor = stackalloc byte[PositionLength + TagLength];
        BinaryPrimitives.WriteInt32BigEndian(cursor, position);
        WriteTag(cursor[..PositionLength], cursor[PositionLength..]);
        return Base64Url.EncodeToString(cursor);
    }

    /// <param name="count">How many entries there are; no page ended beyond.</param>
    public bool TryParse(string text, int count, out int position)
    {
        position = 0;
        Span<byte> cursor = stackalloc byte[PositionLength + TagLength];
        if (text.Length != Base64Url.GetEncodedLength(cursor.Length)
            || !Base64Url.TryDecodeFromChars(text, cursor, out var length)
            || length != cursor.Length)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[TagLength];
        WriteTag(cursor[..PositionLength], tag);
        position = BinaryPrimitives.ReadInt32BigEndian(cursor);
        return tag.SequenceEqual(cursor[PositionLength..]) && position >= 0 && position < count;
    }

    private void WriteTag(ReadOnlySpan<byte> position, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. "audit log "u8, .. journal.ToByteArray(), .. position], hash);
        hash[..TagLength].CopyTo(tag);
    }
}
