using System.IO.Compression;
using System.Text.Json;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Storage.Ranking;

/// <summary>A fit of the community as compressed JSON: numbers keep all their digits.</summary>
internal static class CommunityJson
{
    public static byte[] Write(FittedCommunity fitted)
    {
        var prior = fitted.Prior;
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(compressed, new Content(
                fitted.Map,
                fitted.Factors,
                prior.Mean.ToArray(),
                prior.PopulationCovariance.ToArray(),
                prior.MeanCovariance(),
                prior.AppealVariance,
                [.. prior.Appeals.Select(appeal => new PictureAppeal(appeal.Key, appeal.Value.Mean, appeal.Value.Variance))],
                prior.TieOdds,
                prior.PictureEffectVariance,
                prior.Lapse));
        }

        return bytes.ToArray();
    }

    public static FittedCommunity Read(int version, byte[] bytes)
    {
        using var compressed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var content = JsonSerializer.Deserialize<Content>(compressed)
            ?? throw new StorageException($"Version {version} of the community is empty. Delete its row: it is then fitted again from the votes.");
        return new(content.Map, content.Factors, new(
            version,
            content.Mean,
            content.Spread,
            content.Doubt,
            content.AppealVariance,
            content.Appeals.ToDictionary(appeal => appeal.Picture, appeal => new Appeal(appeal.Mean, appeal.Variance)),
            content.TieOdds,
            content.PictureEffectVariance ?? CommunityPrior.UsualPictureEffectVariance,
            content.Lapse));
    }

    private sealed record Content(
        FeatureMap? Map,
        LatentFactors? Factors,
        double[] Mean,
        double[] Spread,
        double[] Doubt,
        double AppealVariance,
        IReadOnlyList<PictureAppeal> Appeals,
        double TieOdds,
        double? PictureEffectVariance = null,
        double Lapse = 0);

    private sealed record PictureAppeal(long Picture, double Mean, double Variance);
}
