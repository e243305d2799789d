using Tumbler.Api.ForwardAuth;

namespace Tumbler.Api.Tests.ForwardAuth;

public class ExemptPathsTests
{
    private static readonly ExemptPaths Paths = new(["/public/", "/health", "/.well-known/acme"]);

    [Theory]
    [InlineData("/public/")]
    [InlineData("/public/a/b.css")]
    [InlineData("/public/a?next=/../secret%2e")]
    [InlineData("/health")]
    [InlineData("/health?full")]
    [InlineData("/health/live")]
    public void What_is_below_a_prefix_is_exempt(string uri) => Assert.True(Paths.Cover(uri));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("public/")]
    [InlineData("/publicity")]
    [InlineData("/public")]
    [InlineData("/Public/a")]
    [InlineData("/HEALTH")]
    [InlineData("/healthy")]
    [InlineData("/secret?/public/")]
    [InlineData("//public/a")]
    [InlineData("/public//a")]
    [InlineData("/public/../secret")]
    [InlineData("/public/..")]
    [InlineData("/public/./a")]
    [InlineData("/public/.hidden")]
    [InlineData("/public/%2e%2e/secret")]
    [InlineData("/public/%2E%2E/secret")]
    [InlineData("/public/..%2fsecret")]
    [InlineData("/public/%252e%252e/secret")]
    [InlineData("/pub%6cic/a")]
    [InlineData("/public/a\\..\\..\\secret")]
    [InlineData("/public/..;/secret")]
    [InlineData("/public/a;b")]
    [InlineData("/public/a#b")]
    [InlineData("/public/a b")]
    [InlineData("/public/a\0")]
    [InlineData("/public/ä")]
    [InlineData("/public/\u2025/secret")]
    [InlineData("http://x/public/a")]
    [InlineData("/.well-known/acme")]
    public void What_is_not_or_could_be_read_in_another_way_is_not(string uri) => Assert.False(Paths.Cover(uri));

    [Theory]
    [InlineData("/public/", true)]
    [InlineData("/a.b/c-d_e", true)]
    [InlineData("/public/*", false)]
    [InlineData("public", false)]
    [InlineData("/a//b", false)]
    [InlineData("/a/../b", false)]
    [InlineData("/.well-known", false)]
    [InlineData("/a?b", false)]
    public void A_prefix_is_a_path_in_its_one_form(string path, bool valid) => Assert.Equal(valid, ExemptPaths.IsPrefix(path));

    [Fact]
    public void Without_prefixes_nothing_is_exempt() => Assert.False(ExemptPaths.None.Cover("/public/"));
}
