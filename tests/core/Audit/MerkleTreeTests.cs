using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public sealed class MerkleTreeTests
{
    /// <summary>The leaves and roots that Certificate Transparency's implementations share.</summary>
    private static readonly byte[][] Leaves =
    [
        .. ((string[])["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"])
            .Select(Convert.FromHexString),
    ];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_of_the_known_answers(int size, string root)
    {
        var tree = Tree(Leaves.Take(size));

        Assert.Equal(root, Convert.ToHexStringLower(tree.Root()));
        Assert.Equal(size, tree.Size);
    }

    [Fact]
    public void A_known_path_is_made_and_verified()
    {
        string[] expected =
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ];

        var proof = InclusionProof.Of([.. Leaves.Select(leaf => MerkleTree.LeafHash(leaf))], 0);

        Assert.Equal(expected, proof.Path.Select(Convert.ToHexStringLower));
        Assert.True(proof.Shows(MerkleTree.LeafHash(Leaves[0]), Tree(Leaves).Root()));
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_shown_by_its_proof_and_by_no_other()
    {
        for (var size = 1; size <= 33; size++)
        {
            var leaves = Enumerable.Range(0, size).Select(n => new byte[] { (byte)n }).ToArray();
            byte[][] hashes = [.. leaves.Select(leaf => MerkleTree.LeafHash(leaf))];
            var root = Tree(leaves).Root();
            for (var index = 0; index < size; index++)
            {
                var proof = InclusionProof.Of(hashes, index);
                Assert.True(proof.Shows(hashes[index], root), $"{index} of {size}");
                Assert.False((proof with { Index = index + 1 }).Shows(hashes[index], root));
                Assert.False((proof with { Index = index - 1 }).Shows(hashes[index], root));
                Assert.False((proof with { Path = [.. proof.Path, root] }).Shows(hashes[index], root));
                Assert.False(proof.Shows(hashes[(index + 1) % size], root) && size > 1);
                if (proof.Path.Count > 0)
                {
                    Assert.False((proof with { Path = [.. proof.Path.Skip(1)] }).Shows(hashes[index], root));
                    Assert.False((proof with { Path = [[1], .. proof.Path.Skip(1)] }).Shows(hashes[index], root));
                }
            }
        }
    }

    [Fact]
    public void A_node_cannot_pass_for_a_leaf()
    {
        var node = Leaves.Take(2).SelectMany(leaf => MerkleTree.LeafHash(leaf)).ToArray();

        Assert.NotEqual(Tree(Leaves.Take(2)).Root(), Tree([node]).Root());
    }

    private static MerkleTree Tree(IEnumerable<byte[]> leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
            tree.Add(leaf);
        return tree;
    }
}
