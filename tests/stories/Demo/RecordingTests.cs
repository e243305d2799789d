namespace Tumbler.Stories.Tests.Demo;

public sealed class RecordingTests
{
    [Fact]
    public void The_block_ends_where_its_fence_does() =>
        Assert.Equal("one\n\ntwo", Recording.In("# Page\n```console\n$ ./run demo\none\n\ntwo\n```\nthree\n```console\n./run\n```\n"));

    [Fact]
    public void Numbers_kids_and_how_often_do_not_count() => Assert.Equal(
        Recording.Normal("  0-6     key 1   1, 2     31     62\n  6-12    key 1   1, 2     1,033     2,066\n\n  0.50 s    the service refuses\n  0.51 s    the verifier refuses\n"),
        Recording.Normal("  18-24   key 2   2, 3, 4  7      14\n  1.50 s    the verifier refuses\n  1.50 s    the service refuses\n"));

    [Theory]
    [InlineData("  24:00    key 2 signs (e61d0d44)", "  24:00    key 2 signs")]
    [InlineData("  0-6     key 1   1, 2     31     62", "  0-6     key 1   1, 2     31     62   3 WRONG")]
    [InlineData("  yes  3 tokens", "  NO   3 tokens")]
    public void Words_do(string one, string other) => Assert.NotEqual(Recording.Normal(one), Recording.Normal(other));
}
