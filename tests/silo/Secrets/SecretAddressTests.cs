using Tumbler.Silo.Secrets;

namespace Tumbler.Silo.Tests.Secrets;

public sealed class SecretAddressTests
{
    [Theory]
    [InlineData("secret/tumbler#admin_key", "secret", "tumbler", "admin_key")]
    [InlineData("kv/team/a/prod#x", "kv", "team/a/prod", "x")]
    [InlineData("kv/a#b#c", "kv", "a#b", "c")]
    public void It_is_mount_path_and_field(string text, string mount, string path, string field)
    {
        Assert.True(SecretAddress.TryParse(text, out var address));
        Assert.Equal(new SecretAddress(mount, path, field), address);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("secret/tumbler")]
    [InlineData("secret#field")]
    [InlineData("secret/#field")]
    [InlineData("/secret/tumbler#field")]
    [InlineData("secret/tumbler#")]
    [InlineData("secret/../sys#field")]
    [InlineData("../sys/raw#field")]
    [InlineData("secret/./a#field")]
    [InlineData("secret/a//b#field")]
    [InlineData("secret/a?version=1#field")]
    [InlineData("secret/a b#field")]
    [InlineData("secret/a\\b#field")]
    public void Anything_else_is_none(string text) => Assert.False(SecretAddress.TryParse(text, out _));
}
