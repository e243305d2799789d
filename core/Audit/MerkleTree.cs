using System.Security.Cryptography;

namespace Tumbler.Core.Audit;

/// <summary>The Merkle tree hash of RFC 6962 §2.1, fed leaf by leaf. Keeps one hash for each level.</summary>
public sealed class MerkleTree
{
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>The roots of the complete subtrees so far, the largest first.</summary>
    private readonly List<byte[]> subtrees = [];

    public long Size { get; private set; }

    public void Add(ReadOnlySpan<byte> leaf)
    {
        var node = LeafHash(leaf);

        // As many subtrees are completed by it as the size so far ends in ones.
        for (var rest = Size; (rest & 1) == 1; rest >>= 1)
        {
            node = NodeHash(subtrees[^1], node);
            subtrees.RemoveAt(subtrees.Count - 1);
        }

        subtrees.Add(node);
        Size++;
    }

    public byte[] Root()
    {
        if (subtrees.Count == 0)
            return SHA256.HashData([]);
        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--)
            root = NodeHash(subtrees[i], root);
        return root;
    }

    /// <summary>Of <c>0x00 || leaf</c>.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(leaf);
        return hash.GetHashAndReset();
    }

    /// <summary>Of <c>0x01 || left || right</c>: no leaf can pass for a node.</summary>
    internal static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * HashLength];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashLength)..]);
        return SHA256.HashData(node);
    }
}
