using System.IO.Compression;
using System.Text.Json;
using Personalization.Taste;

namespace Personalization.Storage.Ranking;

/// <summary>A fit of the community as compressed JSON: numbers keep all their digits.</summary>
internal static class CommunityJson
{
    public static byte[] Write(FeatureMap? map, CommunityPrior prior)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressed, new Content(
                map,
                prior.Mean.ToArray(),
                prior.Spread.ToArray(),
                prior.Doubt(),
                prior.AppealVariance,
                [.. prior.Appeals.Select(appeal => new PictureAppeal(appeal.Key, appeal.Value.Mean, appeal.Value.Variance))],
                prior.TieOdds));
        }

        return bytes.ToArray();
    }

    public static (FeatureMap? Map, CommunityPrior Prior) Read(int version, byte[] bytes)
    {
        using var compressed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var content = JsonSerializer.Deserialize<Content>(compressed)
            ?? throw new StorageException($"Version {version} of the community is empty. Delete its row: it is fitted anew from the votes.");
        return (content.Map, new(
            version,
            content.Mean,
            content.Spread,
            content.Doubt,
            content.AppealVariance,
            content.Appeals.ToDictionary(appeal => appeal.Picture, appeal => new Appeal(appeal.Mean, appeal.Variance)),
            content.TieOdds));
    }

    private sealed record Content(
        FeatureMap? Map,
        double[] Mean,
        double[] Spread,
        double[] Doubt,
        double AppealVariance,
        IReadOnlyList<PictureAppeal> Appeals,
        double TieOdds);

    private sealed record PictureAppeal(long Picture, double Mean, double Variance);
}
