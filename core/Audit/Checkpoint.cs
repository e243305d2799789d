using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tumbler.Core.Audit;

/// <summary>Where every chain ended at one moment, in one hash. As text in the form of C2SP <c>tlog-checkpoint</c>, with three
/// extension lines of ours. Its tree is not a log's: leaves are chains, and a chain's leaf changes as it grows.</summary>
/// <param name="Origin">Whose log.</param>
/// <param name="Size">How many chains.</param>
/// <param name="Root">The Merkle tree hash over the <see cref="ChainHead"/>s.</param>
/// <param name="Number">Counted from 1 without a gap.</param>
/// <param name="Time">In whole milliseconds.</param>
/// <param name="Previous">SHA-256 of the note that was the checkpoint before, 32 zeros for the first.</param>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root, long Number, DateTimeOffset Time, ReadOnlyMemory<byte> Previous)
{
    private const string TimeShape = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string NumberName = "number ";
    private const string TimeName = "time ";
    private const string PreviousName = "previous ";

    public static ReadOnlyMemory<byte> NoPrevious { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>The text that is signed; it ends with a line feed.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"""
        {Origin}
        {Size}
        {Convert.ToBase64String(Root.Span)}
        {NumberName}{Number}
        {TimeName}{AuditForm.Time(Time)}
        {PreviousName}{Convert.ToBase64String(Previous.Span)}

        """).ReplaceLineEndings("\n");

    /// <summary>What the next checkpoint has as its <see cref="Previous"/>.</summary>
    /// <param name="note">The whole note, with its signatures.</param>
    public static byte[] Link(string note) => SHA256.HashData(Encoding.UTF8.GetBytes(note));

    /// <summary>Only of what <see cref="Text"/> writes, character for character.</summary>
    public static Checkpoint? Parse(string text)
    {
        if (text.Split('\n') is not [{ Length: > 0 } origin, var size, var root, var number, var time, var previous, ""]
            || Digits(size) is not { } chains
            || Hash(root) is not { } rootHash
            || Digits(After(NumberName, number)) is not { } count
            || !DateTimeOffset.TryParseExact(
                After(TimeName, time), TimeShape, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            || Hash(After(PreviousName, previous)) is not { } previousHash)
        {
            return null;
        }

        var checkpoint = new Checkpoint(origin, chains, rootHash, count, instant, previousHash);
        return checkpoint.Text() == text ? checkpoint : null;
    }

    private static string After(string name, string line) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : "";

    private static long? Digits(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static byte[]? Hash(string text)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        return text.Length == 44 && Convert.TryFromBase64String(text, hash, out var length) && length == hash.Length ? hash : null;
    }
}
