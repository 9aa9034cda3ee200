/** Messages of this user that the server keeps, to send them at their time. */
export class Schedules {
  #request;
  #frameOf;

  /** @param frameOf makes the frame of a message, under an id of its own */
  constructor(request, frameOf) {
    this.#request = request;
    this.#frameOf = frameOf;
  }

  /** The message as `schedule` takes it. What is scheduled twice is kept once. */
  prepare(message) {
    return this.#frameOf(message);
  }

  schedule(prepared, send_at) {
    return this.#request('message.schedule', { ...prepared, send_at });
  }

  async cancel(schedule_id) {
    await this.#request('message.unschedule', { schedule_id });
  }

  async list() {
    const scheduled = [];
    let page_token;
    do {
      const page = await this.#request('message.scheduled', page_token ? { page_token } : {});
      scheduled.push(...page.scheduled);
      page_token = page.next_page_token;
    } while (page_token);
    return scheduled;
  }
}
