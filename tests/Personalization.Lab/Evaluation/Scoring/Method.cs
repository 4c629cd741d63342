namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>A way to foresee votes.</summary>
internal enum Method
{
    Model = 0,
    CommunityMean = 1,
    PersonalLogistic = 2,
    BradleyTerry = 3,
    TagCounting = 4,
}
