using System.IO.Compression;
using System.Text;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tests.Snapshots;

public sealed class PublishedDocumentTests
{
    [Fact]
    public void The_compressed_form_is_the_same_document_under_another_validator()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', Enumerable.Repeat("{}", 100))}}]}""");

        var document = PublishedDocument.Of(json);

        using var gzip = new GZipStream(new MemoryStream(document.Gzip.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        Assert.Equal(json, plain.ToArray());
        Assert.Equal(json, document.Plain.ToArray());
        Assert.NotEqual(document.ETag, document.GzipETag);
        Assert.Matches("^\"[A-Za-z0-9_-]{22}-gzip\"$", document.GzipETag);
    }

    [Fact]
    public void Equal_bytes_have_equal_validators_and_others_do_not()
    {
        Assert.Equal(PublishedDocument.Of("{}"u8.ToArray()).ETag, PublishedDocument.Of("{}"u8.ToArray()).ETag);
        Assert.NotEqual(PublishedDocument.Of("{}"u8.ToArray()).ETag, PublishedDocument.Of("{ }"u8.ToArray()).ETag);
    }
}
