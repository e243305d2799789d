using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tumbler.Storage;

/// <summary>An <see cref="AuditPlace"/> as text: its numbers and a tag that only this store's audit log puts on them. The tag
/// finds mistakes; there is nothing to gain by forging one.</summary>
/// <param name="store">Which store this is, for life; cursors of another one are told apart by it.</param>
/// <param name="moved">How often its positions have moved; cursors of before are told apart by it.</param>
internal sealed class AuditCursor(Guid store, int moved = 0)
{
    private const int TagLength = 8;

    // More than a server has connections.
    private const int MostUnderWay = 1000;

    public string Write(AuditPlace place)
    {
        var cursor = new byte[LengthOf(place.UnderWay.Length)];
        BinaryPrimitives.WriteInt64BigEndian(cursor, place.Position);
        for (var i = 0; i < place.UnderWay.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(cursor.AsSpan(sizeof(long) + i * sizeof(uint)), place.UnderWay[i]);
        WriteTag(cursor.AsSpan(..^TagLength), cursor.AsSpan(^TagLength..));
        return Base64Url.EncodeToString(cursor);
    }

    public bool TryParse(string text, out AuditPlace place)
    {
        place = AuditPlace.Start;
        var cursor = new byte[LengthOf(MostUnderWay)];
        if (text.Length > Base64Url.GetEncodedLength(cursor.Length)
            || Base64Url.DecodeFromChars(text, cursor, out _, out var length) != OperationStatus.Done
            || length < LengthOf(0)
            || (length - LengthOf(0)) % sizeof(uint) != 0)
        {
            return false;
        }

        var underWay = new uint[(length - LengthOf(0)) / sizeof(uint)];
        for (var i = 0; i < underWay.Length; i++)
            underWay[i] = BinaryPrimitives.ReadUInt32BigEndian(cursor.AsSpan(sizeof(long) + i * sizeof(uint)));
        place = new AuditPlace(BinaryPrimitives.ReadInt64BigEndian(cursor), underWay);

        // Compared as text: the last character has bits that say nothing, and a cursor has one spelling.
        return Write(place) == text;
    }

    private static int LengthOf(int underWay) => sizeof(long) + underWay * sizeof(uint) + TagLength;

    private void WriteTag(ReadOnlySpan<byte> numbers, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(
            [.. "audit log "u8, .. store.ToByteArray(), .. moved == 0 ? [] : BitConverter.GetBytes(moved), .. numbers], hash);
        hash[..TagLength].CopyTo(tag);
    }
}
