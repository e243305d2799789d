using System.Security.Cryptography;
using System.Text;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Tests.ApiKeys;

public class ApiKeyHasherTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly ApiKeyText Text = ApiKeyText.Create(OrgSlug.Parse("acme"), buffer => buffer.Clear());

    /// <summary>Fixed for ever: the hashes of a running installation depend on it.</summary>
    [Fact]
    public void A_hash_is_the_hmac_of_the_key_under_a_name_of_its_own()
    {
        var expected = HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes("tumbler api key\0" + Text.Reveal()));
        Assert.Equal(new ApiKeyHash(expected), new ApiKeyHasher(Secret).Hash(Text));
    }

    [Fact]
    public void The_longest_key_is_hashed()
    {
        var longest = ApiKeyText.Create(OrgSlug.Parse(new string('a', 50)), buffer => buffer.Clear());
        Assert.Equal(ApiKeyText.MaxLength, longest.Reveal().Length);
        Assert.NotEqual(default, new ApiKeyHasher(Secret).Hash(longest));
    }

    [Fact]
    public void Another_secret_gives_another_hash() =>
        Assert.NotEqual(new ApiKeyHasher(Secret).Hash(Text), new ApiKeyHasher(Secret.Reverse().ToArray()).Hash(Text));

    [Fact]
    public void Hashers_take_turns_on_a_thread_and_threads_with_a_hasher()
    {
        byte[] other = [.. Secret.Reverse()];
        var (ours, theirs) = (new ApiKeyHasher(Secret), new ApiKeyHasher(other));
        Parallel.For(0, 100, n =>
        {
            var text = ApiKeyText.Create(OrgSlug.Parse("acme"), buffer => buffer.Fill((byte)n));
            foreach (var (secret, hasher) in ((byte[], ApiKeyHasher)[])[(Secret, ours), (Secret, ours), (other, theirs), (Secret, ours)])
                Assert.Equal(new ApiKeyHash(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("tumbler api key\0" + text.Reveal()))), hasher.Hash(text));
        });
    }

    [Fact]
    public void A_hash_allocates_nothing()
    {
        var hasher = new ApiKeyHasher(Secret);
        hasher.Hash(Text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            hasher.Hash(Text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_secret_has_at_least_32_bytes() => Assert.Throws<ArgumentException>(() => new ApiKeyHasher(Secret.AsSpan(1)));

    [Fact]
    public void The_secret_does_not_show_itself() => Assert.Equal("ApiKeyHasher ****", $"{new ApiKeyHasher(Secret)}");
}
