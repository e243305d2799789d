using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Tumbler.Core.Audit;

/// <summary>Shows that a leaf is in a tree, without the other leaves: RFC 6962 §2.1.1.</summary>
/// <param name="Index">The leaf's place, from 0.</param>
/// <param name="Size">The number of leaves.</param>
/// <param name="Path">The neighbours on the way up, the lowest first.</param>
public sealed record InclusionProof(long Index, long Size, IReadOnlyList<byte[]> Path)
{
    /// <param name="leafHashes">Of every leaf, in their order.</param>
    public static InclusionProof Of(ReadOnlySpan<byte[]> leafHashes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leafHashes.Length);
        var path = new List<byte[]>();
        AddPath(leafHashes, index, path);
        return new InclusionProof(index, leafHashes.Length, path);
    }

    /// <summary>RFC 9162 §2.1.3.2, which says for a verifier what RFC 6962 leaves to it.</summary>
    public bool Shows(ReadOnlySpan<byte> leafHash, ReadOnlySpan<byte> root)
    {
        if (Index < 0 || Index >= Size)
            return false;
        var (node, last, hash) = (Index, Size - 1, leafHash.ToArray());
        foreach (var neighbour in Path)
        {
            if (last == 0 || neighbour.Length != MerkleTree.HashLength)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.NodeHash(neighbour, hash);

                // A right-most node without a neighbour is its own parent.
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, neighbour);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Canonical JSON: <c>{index, path, size}</c>, the path in base64.</summary>
    public byte[] Json() => CanonicalJson.Of(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $$"""{"index":{{Index}},"path":[{{string.Join(',', Path.Select(hash => $"\"{Convert.ToBase64String(hash)}\""))}}],"size":{{Size}}}""")));

    /// <summary>Only of what <see cref="Json"/> writes, byte for byte.</summary>
    public static InclusionProof? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var proof = new InclusionProof(
                root.GetProperty("index").GetInt64(),
                root.GetProperty("size").GetInt64(),
                [.. root.GetProperty("path").EnumerateArray().Select(hash => hash.GetBytesFromBase64())]);
            return proof.Json().AsSpan().SequenceEqual(json.Span) ? proof : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static void AddPath(ReadOnlySpan<byte[]> leaves, int index, List<byte[]> path)
    {
        if (leaves.Length <= 1)
            return;
        var left = leaves[..Split(leaves.Length)];
        var right = leaves[left.Length..];
        if (index < left.Length)
        {
            AddPath(left, index, path);
            path.Add(Root(right));
        }
        else
        {
            AddPath(right, index - left.Length, path);
            path.Add(Root(left));
        }
    }

    private static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length == 1
        ? leaves[0]
        : MerkleTree.NodeHash(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..]));

    /// <summary>The largest power of two that is smaller than the number of leaves.</summary>
    private static int Split(int count) => 1 << BitOperations.Log2((uint)count - 1);
}
