// <div data-recorder hidden>: records what is said and puts it into the form's file field.
const shown = navigator.mediaDevices?.getUserMedia && window.MediaRecorder;

for (const box of shown ? document.querySelectorAll("[data-recorder]") : []) {
  const field = box.closest("form").querySelector("[data-recording]");
  const [button, status, player] = [box.querySelector("[data-record]"), box.querySelector("[data-recorded]"), box.querySelector("audio")];
  let recorder = null;
  box.hidden = false;

  button.addEventListener("click", async () => {
    if (recorder?.state === "recording") {
      recorder.stop();
      return;
    }
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      status.textContent = status.dataset.none;
      return;
    }
    const pieces = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      const type = recorder.mimeType.split(";")[0] || "audio/webm";
      const file = new File(pieces, `recording.${type.split("/")[1]}`, { type });
      const files = new DataTransfer();
      files.items.add(file);
      field.files = files.files;
      player.src = URL.createObjectURL(file);
      player.hidden = false;
      button.textContent = button.dataset.record;
      status.textContent = status.dataset.done;
    });
    recorder.start();
    button.textContent = button.dataset.stop;
    status.textContent = status.dataset.now;
  });
}
