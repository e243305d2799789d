using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tumbler.Storage;

/// <summary>Where a page of the audit log ended, as text: the position of its last entry and a tag that only this
/// store's audit log puts on it. The tag finds mistakes; there is nothing to gain by forging one.</summary>
/// <param name="store">Which store this is, for life; cursors of another one are told apart by it.</param>
/// <param name="moved">How often its positions have moved; cursors of before are told apart by it.</param>
internal sealed class AuditCursor(Guid store, int moved = 0)
{
    private const int PositionLength = sizeof(long);
    private const int TagLength = 8;

    public string Write(long position)
    {
        Span<byte> cursor = stackalloc byte[PositionLength + TagLength];
        BinaryPrimitives.WriteInt64BigEndian(cursor, position);
        WriteTag(cursor[..PositionLength], cursor[PositionLength..]);
        return Base64Url.EncodeToString(cursor);
    }

    public bool TryParse(string text, out long position)
    {
        position = 0;
        Span<byte> cursor = stackalloc byte[PositionLength + TagLength];
        if (text.Length != Base64Url.GetEncodedLength(cursor.Length)
            || Base64Url.DecodeFromChars(text, cursor, out _, out var length) != OperationStatus.Done
            || length != cursor.Length)
        {
            return false;
        }

        position = BinaryPrimitives.ReadInt64BigEndian(cursor);

        // Compared as text: the last character has bits that say nothing, and a cursor has one spelling.
        return Write(position) == text;
    }

    private void WriteTag(ReadOnlySpan<byte> position, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(
            [.. "audit log "u8, .. store.ToByteArray(), .. moved == 0 ? [] : BitConverter.GetBytes(moved), .. position], hash);
        hash[..TagLength].CopyTo(tag);
    }
}
