using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Tests.ApiKeys;

public class ApiKeyHashTests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [Fact]
    public void A_hash_reads_back_from_the_form_that_is_stored() => Assert.Equal(Hex, ApiKeyHash.Parse(Hex).ToHex());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")]
    public void What_is_no_hash_is_refused(string? text) => Assert.False(ApiKeyHash.TryParse(text, out _));

    [Fact]
    public void A_hash_has_32_bytes()
    {
        Assert.Throws<ArgumentException>(() => new ApiKeyHash(new byte[31]));
        Assert.Throws<ArgumentException>(() => new ApiKeyHash(new byte[33]));
    }

    [Fact]
    public void Equal_hashes_are_equal_and_a_difference_in_any_byte_makes_them_differ()
    {
        var hash = ApiKeyHash.Parse(Hex);
        Assert.True(hash == ApiKeyHash.Parse(Hex));
        Assert.Equal(hash.GetHashCode(), ApiKeyHash.Parse(Hex).GetHashCode());
        for (var i = 0; i < ApiKeyHash.Length; i++)
        {
            var bytes = Convert.FromHexString(Hex);
            bytes[i] ^= 1;
            Assert.True(hash != new ApiKeyHash(bytes), $"byte {i}");
            Assert.False(hash.Equals((object)new ApiKeyHash(bytes)), $"byte {i}");
        }
    }

    [Fact]
    public void A_hash_shows_its_fingerprint_only()
    {
        Assert.Equal("0001020304050607", ApiKeyHash.Parse(Hex).Fingerprint);
        Assert.Equal("0001020304050607", $"{ApiKeyHash.Parse(Hex)}");
    }
}
